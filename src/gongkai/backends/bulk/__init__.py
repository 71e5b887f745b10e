"""Engines that carry one pure function over very many items."""
