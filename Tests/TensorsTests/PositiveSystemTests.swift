import Foundation
import Tensors
import Testing

@Suite struct PositiveSystemTests {
  /// A matrix with BᵀB + 1 and its width, of numbers that are drawn.
  private func matrix(_ width: Int) -> [Double] {
    let random = RandomSource(seed: 5).normals(count: width * width).map(Double.init)
    return (0..<width * width).map { place in
      let (i, j) = (place / width, place % width)
      return (0..<width).reduce(i == j ? 1 : 0) { $0 + random[$1 * width + i] * random[$1 * width + j] }
    }
  }

  @Test(arguments: [1, 2, 7, 40]) func solutionsSolve(width: Int) {
    let a = matrix(width)
    let b = (0..<width).map { cos(Double($0)) }
    let system = PositiveSystem(a, width: width)
    let x = system.solution(b)
    for row in 0..<width {
      let product = (0..<width).reduce(0) { $0 + a[row * width + $1] * x[$1] }
      #expect(abs(product - b[row]) < 1e-9)
    }
    let squares = system.whitened(b).reduce(0) { $0 + $1 * $1 }
    #expect(abs(squares - zip(b, x).reduce(0) { $0 + $1.0 * $1.1 }) < 1e-9)
  }

  @Test func theDeterminantIsThatOfTheMatrix() {
    // det [[4, 2, 0], [2, 3, 1], [0, 1, 5]] = 36.
    let system = PositiveSystem([4, 2, 0, 2, 3, 1, 0, 1, 5], width: 3)
    #expect(abs(system.logDeterminant - log(36)) < 1e-12)
  }
}
