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

  /// The values of those that `others` says nothing of. A way out of the bin goes with the star that it came with.
  func without(_ others: Self) -> Self {
    let keepsBin = others.isBinned == nil && (state == nil || others.state == nil)
    return Self(
      state: others.state == nil ? state : nil, rating: others.rating == nil ? rating : nil,
      note: others.note == nil ? note : nil, tags: others.tags == nil ? tags : nil, isBinned: keepsBin ? isBinned : nil)
  }

  /// Takes over what is said.
  mutating func take(_ others: Self) {
    (state, rating, note) = (others.state ?? state, others.rating ?? rating, others.note ?? note)
    (tags, isBinned) = (others.tags ?? tags, others.isBinned ?? isBinned)
  }
}
