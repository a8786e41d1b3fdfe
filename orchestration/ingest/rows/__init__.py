"""SQL of a whole file: from its records to rows of the lake, with a fate for every one of them."""
