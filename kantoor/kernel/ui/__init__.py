"""The design system: the look, the frame and every template partial that pages are made of."""
