"""What builds the package: hatchling, after one look at the Python that runs it.

pip reads which Python a package needs only after everything for the build was installed. Here an older one installs
nothing (pyproject.toml asks for hatchling on 3.11 and newer alone) and is told at once what is missing.
"""

import sys

if sys.version_info < (3, 11):
    sys.exit("Hizaura needs Python 3.11 or newer; this is %d.%d." % sys.version_info[:2])

from hatchling.build import *  # noqa: F403
