"""Run the Python cells of Markdown notes while the site builds."""
