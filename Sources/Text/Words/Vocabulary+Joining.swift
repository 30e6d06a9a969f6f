import Tensors

extension Vocabulary {
  /// What several vocabularies know together: each term once, as often as all of them use it.
  /// - Returns: nil where there is none, or where they are of different text encoders.
  public init?(joining parts: [Vocabulary]) {
    guard let width = parts.first?.termRows.shape[1], parts.allSatisfy({ $0.termRows.shape[1] == width }) else {
      return nil
    }
    var (terms, rows, places) = ([Term](), [Float](), [String: Int]())
    func add(_ term: Term, row: ArraySlice<Float>?) {
      if let place = places[term.text] {
        terms[place] = Term(
          terms[place].text, terms[place].group, name: terms[place].name, count: terms[place].count + term.count)
        return
      }
      places[term.text] = terms.count
      terms.append(term)
      rows += row ?? []
    }
    for part in parts {
      let values = part.termRows.values
      for index in 0..<part.termRows.shape[0] {
        add(part.terms[index], row: values[index * width..<(index + 1) * width])
      }
    }
    let named = terms.count
    for part in parts { for term in part.terms[part.termRows.shape[0]...] { add(term, row: nil) } }
    let captions = parts.flatMap(\.captionRows.values)
    self.init(
      terms: terms, termRows: Tensor([named, width], rows),
      captionRows: Tensor([captions.count / width, width], captions))
  }
}
