"""Files as bytes: streams, encodings, XML piece by piece, and writing that leaves no half."""
