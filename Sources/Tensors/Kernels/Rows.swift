extension Tape {
  /// Rows of a table by their numbers: an embedding.
  /// - Returns: `[ids.count, width]` of a table `[entries, width]`.
  public func gather(_ table: Parameter, _ ids: [Int]) -> Variable {
    let (entries, width) = (table.value.shape[0], table.value.shape[1])
    precondition(ids.allSatisfy { (0..<entries).contains($0) }, "an id outside of \(entries) entries")
    var y = Tensor(uninitialized: [ids.count, width])
    table.value.withUnsafe { from in
      y.withUnsafeMutable { out in
        for (row, id) in ids.enumerated() { (out + row * width).update(from: from + id * width, count: width) }
      }
    }
    return record(y, from: [], parameters: true) { [gradients] dy in
      dy.withUnsafe { dy in
        gradients.accumulate(table) { sum in
          for (row, id) in ids.enumerated() { Loops.add(dy + row * width, to: sum + id * width, count: width) }
        }
      }
    }
  }

}

extension Variable {
  /// Puts, for each sequence, its rows in front of its rows of `second`.
  /// - Returns: `[rows of both, width]`, laid out as `firstLayout.joined(with: secondLayout)`.
  public func joined(
    _ firstLayout: SequenceLayout, with second: Variable, _ secondLayout: SequenceLayout
  ) -> Variable {
    let width = value.shape[1]
    precondition(
      second.value.shape[1] == width && firstLayout.count == secondLayout.count,
      "cannot join \(value.shape) and \(second.value.shape)")
    let joined = firstLayout.joined(with: secondLayout)
    var y = Tensor(uninitialized: [joined.rowCount, width])
    y.copyRows(of: value, firstLayout, to: joined.starts)
    y.copyRows(of: second.value, secondLayout, to: zip(joined.starts, firstLayout.lengths).map { $0 + $1 })
    return tape.record(y, from: [self, second]) { [dFirst = slot, dSecond = second.slot] dy in
      let secondStarts = zip(joined.starts, firstLayout.lengths).map { $0 + $1 }
      dFirst?.add(dy.rows(at: joined.starts, firstLayout))
      dSecond?.add(dy.rows(at: secondStarts, secondLayout))
    }
  }

  /// The rows of the second back out of what `joined` made.
  public func second(_ firstLayout: SequenceLayout, _ secondLayout: SequenceLayout) -> Variable {
    let layout = firstLayout.joined(with: secondLayout)
    let starts = zip(layout.starts, firstLayout.lengths).map { $0 + $1 }
    return tape.record(value.rows(at: starts, secondLayout), from: [self]) { [slot, shape = value.shape] dy in
      var dx = Tensor(shape)
      dx.copyRows(of: dy, secondLayout, to: starts)
      slot?.add(dx)
    }
  }
}

extension SequenceLayout {
  /// The layout of sequences that each have their rows of `self`, then their rows of `other`.
  public func joined(with other: SequenceLayout) -> SequenceLayout {
    SequenceLayout(zip(lengths, other.lengths).map { $0 + $1 })
  }
}

extension Tensor {
  /// Writes each sequence of `source` to the rows that begin at `starts`.
  fileprivate mutating func copyRows(of source: Tensor, _ layout: SequenceLayout, to starts: [Int]) {
    let width = source.shape[1]
    source.withUnsafe { from in
      withUnsafeMutable { out in
        for (sequence, start) in starts.enumerated() {
          (out + start * width).update(
            from: from + layout.starts[sequence] * width, count: layout.lengths[sequence] * width)
        }
      }
    }
  }

  /// The rows that begin at `starts`, packed as `layout`.
  fileprivate func rows(at starts: [Int], _ layout: SequenceLayout) -> Tensor {
    let width = shape[1]
    var y = Tensor(uninitialized: [layout.rowCount, width])
    withUnsafe { from in
      y.withUnsafeMutable { out in
        for (sequence, start) in starts.enumerated() {
          (out + layout.starts[sequence] * width).update(
            from: from + start * width, count: layout.lengths[sequence] * width)
        }
      }
    }
    return y
  }
}
