import sys

from pyrite.cli import main

sys.exit(main())
