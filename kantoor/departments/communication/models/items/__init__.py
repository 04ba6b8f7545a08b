"""Items: what is written, agreed to, published and withdrawn."""
