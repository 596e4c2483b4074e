import sys

sys.dont_write_bytecode = True
sys.path.insert(0, config.tripwire_lit)
import cases

cases.use(config, "commands")
