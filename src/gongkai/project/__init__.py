"""Where the parts are joined: settings, addresses, start-up, the command line."""
