"""Filing VAT returns, supplements and listings, and saying how a company files."""
