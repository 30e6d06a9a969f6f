extension RequestField {
  /// What is said of somebody's taste.
  // swift-format-ignore: OnlyOneTrailingClosureArgument
  static let liking: [RequestField] = [
    .init("taste-scale", "how far it goes toward what is liked", shown: { $0.tasteScale.map { "\($0)" } }) {
      $0.request.tasteScale = Float(try $1.asNumber)
    }
  ]
}
