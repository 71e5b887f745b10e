"""``python -m gongkai``: the same as the console command."""

import sys

from gongkai.project.cli import main

sys.exit(main())
