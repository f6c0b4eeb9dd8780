"""The vocabulary of Parallax term by term: `reading` gives its terms, `documentation` its pages."""
