/// Where Griffin-Lim starts from unless told otherwise: the phase integrated from the magnitudes, and improved in the
/// lowest bins.
final class IntegratedPhase {
  private let integration: PhaseIntegration
  private let lowBand: LowBand?

  /// Memory for the frames of any of `sections`; without a band nothing is improved.
  init(_ transform: ShortTimeFourier, sections: [FrameSections.Section], lowBand: LowBand?, threads: Int) {
    integration = PhaseIntegration(
      transform, capacity: sections.reduce(1) { max($0, $1.frames.count) }, threads: threads)
    self.lowBand = lowBand
  }

  /// Makes the first signal of a section whose magnitudes `workspace` has.
  func start(
    _ workspace: GriffinLimWorkspace, section: FrameSections.Section, seed: UInt64, with algorithm: GriffinLim
  ) {
    integration.integrate(workspace.integrationInput(seed: seed))
    lowBand?.improve(
      integration.cells, magnitudes: workspace.goal.base, stride: integration.stride, section: section, with: algorithm)
    workspace.start(from: integration.cells, stride: integration.stride)
  }
}
