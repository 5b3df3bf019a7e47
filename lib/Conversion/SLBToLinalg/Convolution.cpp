#include "lib/Conversion/SLBToLinalg/Builders.h"
using namespace mlir;
void slb::populateConvolutionPatterns(const TypeConverter &,
                                      RewritePatternSet &) {}
