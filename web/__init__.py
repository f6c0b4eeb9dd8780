"""The windows: the explorer in English and Chinese, the SPARQL endpoint and the JSON interface."""
