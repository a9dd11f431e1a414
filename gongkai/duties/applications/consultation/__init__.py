"""征求意见. Third parties and co-makers asked before disclosure: letters, answers or silence, and what follows from them."""
