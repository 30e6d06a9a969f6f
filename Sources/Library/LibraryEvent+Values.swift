extension LibraryClip {
  /// What users say of it.
  var values: LibraryEvent.Values {
    LibraryEvent.Values(state: state, rating: rating, note: note, tags: tags, isBinned: isBinned)
  }

  /// Takes over what is said.
  mutating func take(_ values: LibraryEvent.Values) {
    if let state = values.state { self.state = state }
    if let rating = values.rating { self.rating = rating }
    if let note = values.note { self.note = note }
    if let tags = values.tags { self.tags = tags }
    if let isBinned = values.isBinned { self.isBinned = isBinned }
  }
}

extension LibraryEvent.Values {
  /// The values of those that `others` says something of.
  func only(where others: Self) -> Self {
    Self(
      state: others.state == nil ? nil : state, rating: others.rating == nil ? nil : rating,
      note: others.note == nil ? nil : note, tags: others.tags == nil ? nil : tags,
      isBinned: others.isBinned == nil ? nil : isBinned)
  }

  /// The values of those that are still as they were said to be.
  func only(where now: Self, is said: Self) -> Self {
    Self(
      state: now.state == said.state ? state : nil, rating: now.rating == said.rating ? rating : nil,
      note: now.note == said.note ? note : nil, tags: now.tags == said.tags ? tags : nil,
      isBinned: now.isBinned == said.isBinned ? isBinned : nil)
  }
}
