"""The blueprints: pages, the SPARQL endpoint, the API, and what describes the site itself."""
