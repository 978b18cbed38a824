"""The catalogue in forms that others read. Whatever leaves is public: see `selection`."""
