"""Behaviour follows the published shapes that the documentation names."""

from collections import Counter
from itertools import pairwise

from exported import SOURCES


def test_some_never_learn_and_most_do_so_rarely(company):
    weeks = [
        sum(count > 0 for count in person["weekly_learning_counts"])
        for person in company.truth["people"].values()
    ]
    never = sum(week == 0 for week in weeks) / len(weeks)
    regular = sum(week >= 20 for week in weeks) / len(weeks)
    assert 0.13 <= never <= 0.30
    assert sorted(weeks)[len(weeks) // 2] < 13
    assert 0.02 <= regular <= 0.20


def test_people_who_never_learn_have_no_learning_statement(company):
    never = [p for p in company.truth["people"].values() if p["never_learns"]]
    assert len(never) > 20
    assert not any(sum(person["weekly_learning_counts"]) for person in never)


def test_a_learning_week_is_followed_by_another_more_often_than_a_week_without(company):
    follows = Counter()
    for person in company.truth["people"].values():
        active = [count > 0 for count in person["weekly_learning_counts"]]
        follows.update(pairwise(active))
    after_active = follows[True, True] / (follows[True, True] + follows[True, False])
    after_idle = follows[False, True] / (follows[False, True] + follows[False, False])
    assert after_active > 2 * after_idle


def test_august_is_quieter_than_june(company):
    by_week = dict(zip(company.truth["weeks"], company.truth["weekly_active_people"], strict=True))
    june = [n for week, n in by_week.items() if week[5:7] == "06"]
    august = [n for week, n in by_week.items() if week[5:7] == "08"]
    assert sum(august) / len(august) < 0.85 * sum(june) / len(june)


def test_few_write_most_and_most_write_little(company):
    posts, size = Counter(), Counter()
    group = {number: person["contributor"] for number, person in company.truth["people"].items()}
    size.update(group.values())
    for statement in company.settled("social")[0]:
        person = company.employee(statement)
        is_news = "Announcements" in str(statement["object"])
        if person and not is_news and statement["verb"]["id"].endswith(("/posted", "/asked")):
            posts[group[person]] += 1
    assert size["heavy"] < size["occasional"] < size["lurker"]
    each = {name: posts[name] / size[name] for name in size}
    assert each["heavy"] > 2 * each["occasional"] > 10 * each["lurker"]
    assert posts["heavy"] + posts["occasional"] > posts["lurker"]


def test_use_of_articles_follows_zipf(company):
    views = Counter(
        statement["object"]["id"]
        for statement in company.settled("work")[0]
        if "/article/" in statement["object"]["id"]
    )
    counts = [n for _, n in views.most_common()]
    top_decile = sum(counts[:3]) / sum(counts)
    assert 0.35 <= top_decile <= 0.60


def test_learning_spaces_grow_while_practice_shrinks(company):
    halves = {"social": [0, 0], "practice": [0, 0]}
    middle = company.truth["weeks"][len(company.truth["weeks"]) // 2]
    for source in SOURCES:
        for statement in company.settled(source)[0]:
            late = statement["timestamp"][:10] >= middle
            verb = statement["verb"]["id"]
            if verb.endswith(("/replied", "/responded", "/commented")):
                halves["social"][late] += 1
            elif verb.endswith("/answered"):
                halves["practice"][late] += 1
    assert halves["social"][1] > 1.1 * halves["social"][0]
    assert halves["practice"][1] < 0.9 * halves["practice"][0]


def test_teams_have_ten_people_or_more_but_for_one(company):
    size = Counter(
        row["org_unit_id"] for row in company.employees if row["org_unit_id"].startswith("team")
    )
    size.pop(company.truth["careers"]["reorganisation"]["dissolved_org_unit_id"], None)
    assert len(size) == 20 - 1
    assert sorted(size.values())[0] == 6
    assert sorted(size.values())[1] >= 10
