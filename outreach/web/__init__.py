"""The HTTP edge: schema in, schema out, paging, problems, headers, one commit a request."""
