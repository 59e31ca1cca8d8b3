cli-watch = Blijf aanstaan, en kijk opnieuw als er iets verandert op deze computer
watch-too-few = Dit programma mag op deze computer te weinig mappen in de gaten houden. Daarom bekijkt het nu om de paar minuten alles.
watch-begins = Deze computer wordt in de gaten gehouden. Wat verandert, staat hieronder; Ctrl+C stopt ermee.
