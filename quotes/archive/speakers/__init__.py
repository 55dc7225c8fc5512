"""Who is who: names as they are compared, whom they lead to, and the speakers as they are listed."""
