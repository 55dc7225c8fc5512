"""The grammar of French attribution: one construction a module, one function a rule."""
