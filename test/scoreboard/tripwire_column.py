def tripwire(build, kinds, reals, note): raise NotImplementedError
