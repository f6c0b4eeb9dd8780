"""Small learned readers: features of tokens, a convolutional network, its weights, decoding."""
