"""What others know, into the graph: curated edges and mappings of knowledge bases."""
