"""From a plan to what people subscribe to: identities, feeds, links, and the folder that a web server shows."""
