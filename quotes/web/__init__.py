"""The reading room: the archive in a browser (``quotes serve``).

``application.reading_room(room)`` gives the Starlette application over a ``room.Room``: the archive that
it asks and, with editing, the one that it writes to. Pages stand in ``pages/``, one module for each kind,
what is printed in ``templates/``, what a browser fetches in ``files/``. No page has SQL of its own: all ask
the facade of ``quotes.archive``.
"""
