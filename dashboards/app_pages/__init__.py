"""One screen each; to add a page, drop a file here and name it in `streamlit_app.py`."""
