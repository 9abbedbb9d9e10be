"""Reports that come by mail: of deliveries and failures, of complaints, of having been read."""
