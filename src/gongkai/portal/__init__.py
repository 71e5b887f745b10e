"""The public site 政府信息公开: reads published things only, works without scripts."""
