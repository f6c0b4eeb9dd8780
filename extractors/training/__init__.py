"""Models of the readers made from annotated data; what is made is read without these libraries."""
