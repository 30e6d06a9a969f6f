extension DenoiserConfiguration {
  /// The floating-point operations of the matrix products of one forward pass over one sequence; a multiplication and an
  /// addition are two. A training step costs three times as much: forward, and two products back for each.
  public func operationCount(audioTokens: Int, textTokens: Int) -> Double {
    let rows = Double(audioTokens + textTokens)
    let (wide, hidden) = (Double(width), Double(width * expansion))
    let block = rows * (4 * wide * wide + 2 * wide * hidden) + 2 * rows * rows * wide
    let ends =
      Double(audioTokens)
      * (Double(tokenWidth) * (Double(bottleneckWidth) + wide) + (Double(bottleneckWidth) + Double(controlWidth)) * wide)
    let refinement =
      Double(audioTokens * patchLength) * Double((6 * bandCount + refinementControlWidth) * refinementWidth)
      + wide * Double(2 * refinementWidth)
    let text =
      Double(textTokens + 1) * Double(textWidth) * wide
      + Double(alignmentWidth * (4 * textWidth + 4 * alignmentWidth + width))
    let condition = wide * wide * (2 + 6 + 2) + wide * Double(7 * modulationRank * depth)
    return 2 * (Double(depth) * block + ends + refinement + text + condition)
  }
}
