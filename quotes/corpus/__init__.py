"""A corpus: quotes of more articles than one machine takes, found by many processes, kept as Parquet files.

Sources are cut into parts (``parts``), each of which becomes files of its own that appear whole or not at
all (``writing``); an engine gives the parts to its processes (``distributing``, on Dask), and gathers across
all of them what no part knows alone (``gathering``). A corpus is asked as it lies (``asking``), or loaded
into an archive (``loading``), which is then the one that ``quotes add`` would have made.
"""
