func.func @net(%x0: tensor<8x!slb.lowbit<range<0:7>, scale = 0.0821833834>>) -> (tensor<8x!slb.lowbit<range<-199:56>, scale = 0.0109518459>>) {
  %1 = slb.dequantize %x0 : (tensor<8x!slb.lowbit<range<0:7>, scale = 0.0821833834>>) -> tensor<8xf32>
  %2 = slb.dequantize %x0 : (tensor<8x!slb.lowbit<range<0:7>, scale = 0.0821833834>>) -> tensor<8xf32>
  %3 = tosa.add %1, %2 : (tensor<8xf32>, tensor<8xf32>) -> tensor<8xf32>
  %4 = tosa.clamp %3 {min_val = 0.0 : f32, max_val = 3.40282347E+38 : f32} : (tensor<8xf32>) -> tensor<8xf32>
  %5 = slb.quantize %4 : (tensor<8xf32>) -> tensor<8x!slb.lowbit<range<-128:127>, scale = 0.00971252843>>
  %6 = slb.dequantize %5 : (tensor<8x!slb.lowbit<range<-128:127>, scale = 0.00971252843>>) -> tensor<8xf32>
  %7 = slb.dequantize %5 : (tensor<8x!slb.lowbit<range<-128:127>, scale = 0.00971252843>>) -> tensor<8xf32>
  %8 = tosa.add %6, %7 : (tensor<8xf32>, tensor<8xf32>) -> tensor<8xf32>
  %9 = slb.quantize %8 : (tensor<8xf32>) -> tensor<8x!slb.lowbit<range<-199:56>, scale = 0.0109518459>>
  return %9 : tensor<8x!slb.lowbit<range<-199:56>, scale = 0.0109518459>>
}
