"""What a typed line asks for: "call the consulate Friday @ana !high" in four languages. No database, no clock."""
