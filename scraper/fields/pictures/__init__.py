"""What it shows: mainImage and images, with captions and credits."""
