"""Where the files of a standard come from, how they are pinned, and how every reference in them is resolved offline."""
