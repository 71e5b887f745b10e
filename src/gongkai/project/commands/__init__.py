"""One module per command (or family of commands); see ``gongkai.project.command``."""
