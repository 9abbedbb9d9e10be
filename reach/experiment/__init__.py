"""An experiment: its config read and checked, its sources found."""
