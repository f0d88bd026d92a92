"""What the pages ask the published file: one module a page. No Streamlit here."""
