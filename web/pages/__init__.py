"""What each page knows: frozen values that the templates show and that are the page's JSON."""
