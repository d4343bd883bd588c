"""Letters: each composed by a pure function of the rows it speaks of. None is stored; all is said at the last moment."""
