"""A server that speaks the S3 protocol on loopback, and a line to it that can break."""

import socket
import threading
from contextlib import closing, suppress

import boto3
import httpx2
from moto.server import ThreadedMotoServer

BUCKET = "exports"
ALLOWED = '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}'


class Storage:
    """The server with one empty bucket; anybody may do anything until ``lock_up``."""

    def __init__(self):
        self._server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
        self._server.start()
        _, self.port = self._server.get_host_and_port()
        self.endpoint = f"http://127.0.0.1:{self.port}"
        self.client = self._client("s3")

    def empty(self):
        self._post("reset", b"")
        self.client.create_bucket(Bucket=BUCKET)

    def put(self, key, data):
        return self.client.put_object(Bucket=BUCKET, Key=key, Body=data)["ETag"]

    def lock_up(self):
        """From now on only the key that comes back opens."""
        iam = self._client("iam")
        iam.create_user(UserName="reader")
        iam.put_user_policy(UserName="reader", PolicyName="all", PolicyDocument=ALLOWED)
        key = iam.create_access_key(UserName="reader")["AccessKey"]
        self._post("reset-auth", b"0")
        return key["AccessKeyId"], key["SecretAccessKey"]

    def unlock(self):
        self._post("reset-auth", b"inf")

    def stop(self):
        self._server.stop()

    def _client(self, service):
        return boto3.client(
            service,
            endpoint_url=self.endpoint,
            region_name="us-east-1",
            **dict.fromkeys(("aws_access_key_id", "aws_secret_access_key"), "any"),
        )

    def _post(self, what, data):
        url = f"{self.endpoint}/moto-api/{what}"
        with httpx2.Client(trust_env=False) as client:
            client.post(url, content=data).raise_for_status()


class Line:
    """A line to ``port`` that breaks off in the middle of answers about ``key``, as often as told.

    Attributes:
        breaks: After how many bytes each of the next answers breaks off.
        on_request: Called when such a request passes, before it does.
    """

    def __init__(self, port, key):
        self._port = port
        self._key = key.encode()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.endpoint = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        self.breaks = []
        self.request_count = 0
        self.on_request = lambda: None
        threading.Thread(target=self._serve, daemon=True).start()

    def close(self):
        self._listener.close()

    def _serve(self):
        with suppress(OSError):
            while True:
                near, _ = self._listener.accept()
                threading.Thread(target=self._carry, args=(near,), daemon=True).start()

    def _carry(self, near):
        with closing(near), closing(socket.create_connection(("127.0.0.1", self._port))) as far:
            room = [None]

            def forth():
                with suppress(OSError):
                    while data := near.recv(65_536):
                        if b"GET /" + BUCKET.encode() + b"/" + self._key in data:
                            self.request_count += 1
                            self.on_request()
                            room[0] = self.breaks.pop(0) if self.breaks else None
                        far.sendall(data)
                with suppress(OSError):
                    far.shutdown(socket.SHUT_RDWR)

            threading.Thread(target=forth, daemon=True).start()
            with suppress(OSError):
                while data := far.recv(65_536):
                    if room[0] is not None:
                        near.sendall(data[: room[0]])
                        room[0] -= len(data)
                        if room[0] <= 0:
                            near.shutdown(socket.SHUT_RDWR)
                            return
                        continue
                    near.sendall(data)
