# exits.py N COMMAND...: runs the command, and is content when its exit status is N.

import subprocess
import sys

expected, command = int(sys.argv[1]), sys.argv[2:]
status = subprocess.run(command, check=False).returncode
if status != expected:
    sys.stdout.flush()
    print(f"exit status {status} instead of {expected}: {' '.join(command)}", file=sys.stderr)
    sys.exit(1)
