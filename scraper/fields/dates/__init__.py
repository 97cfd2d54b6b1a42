"""When: datePublished and dateModified, and every place and form that a date has."""
