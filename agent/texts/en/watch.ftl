cli-watch = Stay, and look again when something changes on this computer
watch-too-few = This computer lets this program watch too few folders. It now looks at everything every few minutes.
watch-begins = Watching this computer. Changes appear here; Ctrl+C ends it.
