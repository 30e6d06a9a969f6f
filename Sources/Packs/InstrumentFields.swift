import Instruments
import Jobs
import Synthesis

/// What a folder of instruments or kits says of each.
struct InstrumentFields {
  private var plan = InstrumentPlan(prompt: "")
  private var kit = DrumKitPlan(style: "")

  mutating func take(_ entry: PlanEntry, _ kind: PackKind, _ reader: inout PackPlanReader) {
    switch entry.name {
    case "range":
      guard let text = reader.text(entry) else { return }
      guard let keys = KeyName.range(text) else {
        return reader.tell("range: \(text) is not a low and a high key, as A1..C6", line: entry.line)
      }
      plan.keys = keys
    case "every": plan.every = reader.number(entry, Int.self, in: 1...12) ?? plan.every
    case "velocities": plan.velocities = reader.number(entry, Int.self, in: 1...3) ?? plan.velocities
    case "takes":
      let takes = reader.number(entry, Int.self, in: 1...16) ?? plan.takes
      (plan.takes, kit.takes) = (takes, takes)
    case "seconds": plan.seconds = reader.decimal(entry, in: 0.5...20) ?? plan.seconds
    default:
      let names = reader.scalars(entry).flatMap { $0.text.split(separator: ",").map { String($0).trimmingBlanks } }
      do throws(InstrumentError) { kit.drums = try KitDrum.named(names) } catch {
        reader.tell("drums: \(error)", line: entry.line)
      }
    }
  }

  func product(_ kind: PackKind, prompt: String, seed: UInt64) -> Job.Product {
    if kind == .kit {
      var kit = kit
      (kit.style, kit.seed) = (prompt, seed)
      return .kit(kit)
    }
    var plan = plan
    (plan.prompt, plan.seed) = (prompt, seed)
    return .instrument(plan)
  }
}

extension Job.Product {
  /// What is wrong with it, in one line; nil if nothing is.
  var problem: String? {
    switch self {
    case .instrument(let plan): plan.problem
    case .kit(let plan): plan.problem
    case .stems: nil
    }
  }
}
