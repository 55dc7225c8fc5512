"""What people say of quotes: laid over what was found, taken back again, and given away as gold."""
