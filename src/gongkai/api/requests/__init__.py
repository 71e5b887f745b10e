"""The staff JSON API: the register of requests and every deed on a request, for other systems."""
